"""Starting and packaging; nothing here is imported by the application."""
