"""What the exercises of the chapters come to: the facts that their solutions and quizzes name."""
