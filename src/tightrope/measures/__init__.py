"""The measures, one file each: pure functions on payments; no files, no charts, no text."""
