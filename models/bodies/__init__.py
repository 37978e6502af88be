"""Whom a text is about: provinces, ministries, departments, districts, communes, before and after 2025."""
