"""The questions of graphmodel.questions in GraphQL, a file a family.

A family is a class of root fields, which schema.py joins in the query type.
"""
