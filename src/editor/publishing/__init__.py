"""Articles become files for readers: pages, documents, a folder's whole site. Nothing here needs a window."""
