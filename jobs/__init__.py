"""Work in the background: jobs that outlive a request, go on after a crash, and can be stopped."""
