"""Cases to decide on a day: handouts and teaching notes, from the book as that day knew it."""
