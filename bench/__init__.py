"""Benchmarks: ordinary scripts, each comparing two things in one run."""
