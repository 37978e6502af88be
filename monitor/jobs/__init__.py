"""Work that several processes and machines share, through a queue on the archive's PostgreSQL."""
