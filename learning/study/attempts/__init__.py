"""Attempts at quizzes: beginning, answering, handing in, reviewing."""
