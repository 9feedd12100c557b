"""What is made beside the pages: for programs, for other tools, to take away."""
