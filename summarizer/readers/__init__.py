"""Readers: files of other kinds than plain text, and addresses, to text.

``documents.load`` chooses among them; every one is imported when it is needed, and what a
reader needs comes with the extra ``documents``.
"""
