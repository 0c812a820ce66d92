"""The bank of questions as files: spreadsheets and Markdown, out and in again."""
