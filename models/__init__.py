"""The second floor: Vietnamese. Text goes in, topics and metrics come out."""
