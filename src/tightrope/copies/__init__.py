"""Copies of a built site: the book on paper, the site as one file, several editions in one."""
