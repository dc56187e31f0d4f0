"""What is taught from the book: labs without the engine, their keys, and the packs to hand out."""
