"""What the staff portal shares across apps: the site, its first page, and the bases of its pages."""
