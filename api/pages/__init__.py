"""What browsers are shown: the planners' page at /, GraphiQL at /graphql. Both are built from web (`make web`)."""
