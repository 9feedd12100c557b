"""What stands on each page, and the files beside the pages."""
