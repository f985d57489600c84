"""What is asked: questions, quizzes, attempts and their marking."""
