"""The answer as it is read: terminal text, pages, files."""
