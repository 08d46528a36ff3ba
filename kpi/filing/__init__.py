"""What offices send (填报): intake, the desk, questions, submissions, and who has reported."""
