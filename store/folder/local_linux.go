package folder

import (
	"fmt"
	"syscall"
)

// networked are the magic numbers of statfs(2) for file systems of other machines.
var networked = map[int64]string{0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB2", 0x564c: "NCP", 0x5346414f: "AFS"}

func local(dir string) error {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return Explain(dir, err)
	}
	if name, ok := networked[int64(uint32(s.Type))]; ok {
		return fmt.Errorf("data folder %s: it lies on a network file system (%s), whose locks do not protect the record: choose a folder on a local disk", dir, name)
	}
	return nil
}
