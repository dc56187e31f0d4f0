"""A book about any web: made of a data package of this schema, without the words of this book."""
