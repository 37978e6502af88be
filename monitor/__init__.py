"""The fourth floor: people. Commands, pages, analytics and the pipeline that drives the floors below."""
