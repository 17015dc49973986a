"""What is best, by how much, and how sure."""
