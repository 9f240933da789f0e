"""The command line: the jobs that people automate, without loading Qt."""
