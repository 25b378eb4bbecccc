"""Where the kernel meets vendors."""
