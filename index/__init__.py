"""The third floor: storage. The archive keeps everything; the index finds it again."""
