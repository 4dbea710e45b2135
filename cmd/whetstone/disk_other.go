//go:build !linux

package main

// lookAtDisk can't find out anything on this system.
func lookAtDisk(folder, _ string) []finding {
	return []finding{warn("file system", "whether %s is on a network can't be told on this system: if it is, SQLite can lose data", folder)}
}
