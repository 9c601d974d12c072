"""From files to a graph in a store: documents.find, formats.read, text.normalise, posting.parse, extraction.extract."""

READER = "3"
"""The version of the reader: part of what decides whether a document must be read again. Raise it with the rules."""
