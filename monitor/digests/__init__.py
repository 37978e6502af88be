"""What a subscriber is told: matches ─► a digest's values ─► HTML, plain text and the message that carries them."""
