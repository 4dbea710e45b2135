package main

import (
	"os"
	"syscall"
)

// networkSystems are file systems on which SQLite's locks or its shared memory can't be relied on, by the
// numbers that Linux gives them.
var networkSystems = map[uint32]string{
	0x6969: "NFS", 0xff534d42: "CIFS", 0xfe534d42: "SMB", 0x517b: "SMB", 0x01021997: "9P", 0x5346414f: "AFS", 0x00c36400: "Ceph",
}

// userSystems are file systems that run in user space; some of them are networks.
const userSystems = 0x65735546

// leastFree is how much free space a database of any size needs to keep working.
const leastFree = 100 << 20

// lookAtDisk checks what kind of file system holds a database, and how much space is left on it.
func lookAtDisk(folder, path string) []finding {
	var system syscall.Statfs_t
	if err := syscall.Statfs(folder, &system); err != nil {
		return []finding{bad("file system", "%s: %v", folder, err)}
	}
	var found []finding
	kind := uint32(system.Type)
	switch name, network := networkSystems[kind]; {
	case network:
		found = append(found, bad("file system", "%s is on %s, where SQLite can lose data: keep the database on a disk of this machine, or use PostgreSQL", folder, name))
	case kind == userSystems:
		found = append(found, warn("file system", "%s is on a FUSE file system: if that is a network, keep the database on a disk of this machine", folder))
	default:
		found = append(found, ok("file system", "%s is on a disk of this machine", folder))
	}
	free := system.Bavail * uint64(system.Bsize)
	needed := uint64(leastFree)
	if info, err := os.Stat(path); err == nil { // deletions rewrite the file
		needed = max(needed, 2*uint64(info.Size()))
	}
	if free < needed {
		return append(found, warn("disk", "%d MB are free in %s; have %d MB, since deletions and backups write the database anew", free>>20, folder, needed>>20))
	}
	return append(found, ok("disk", "%d MB are free", free>>20))
}
