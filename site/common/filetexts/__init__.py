"""The words inside PDF, DOCX and PPTX files, read by a child process that a broken or malicious file alone can harm."""
