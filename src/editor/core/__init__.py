"""What an article is: edits, chunks, front matter, tables, papers. No Qt and no I/O."""
