"""What teachers said of a work, as its writer reads it, and the conversation about it."""
