"""Copies of PDF and office files that do not name their writers: made by a child process, kept beside the original."""
