"""What is peculiar to Elasticsearch."""
