"""The two engines behind `Index`: their schemas, queries, writing and reading."""
