package store_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dateline/store"
)

func init() { children["forgetful"] = forgetful }

// forgetful writes files and never syncs: what a power cut must take away, or the rig is none.
func forgetful(dir string) int {
	os.MkdirAll(dir, 0o700)
	for i := 0; ; i++ {
		if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)), page(i).Body, 0o600); err != nil {
			return 1
		}
		fmt.Println(i)
		time.Sleep(time.Millisecond)
	}
}

// A device is an ext4 file system in an image, mounted through a loop device. The image holds
// just what the file system has sent to its disk: a copy of it is the disk after a power cut.
type device struct{ image, loop, mount string }

func attach(t *testing.T, image, mount string) device {
	t.Helper()
	out, err := exec.Command("losetup", "--find", "--show", image).CombinedOutput()
	if err != nil {
		t.Skipf("SKIPPED: no loop device: %v: %s", err, out)
	}
	d := device{image, strings.TrimSpace(string(out)), mount}
	os.MkdirAll(mount, 0o700)
	if err := syscall.Mount(d.loop, mount, "ext4", 0, "commit=300"); err != nil {
		exec.Command("losetup", "--detach", d.loop).Run()
		t.Skipf("SKIPPED: cannot mount a loop device: %v", err)
	}
	return d
}

func (d device) detach() {
	syscall.Unmount(d.mount, syscall.MNT_DETACH)
	exec.Command("losetup", "--detach", d.loop).Run()
}

// cut starts a child on a fresh device, takes the power away after a while, and returns the
// mounted remains and what the child had acknowledged.
func cut(t *testing.T, top, kind string, after time.Duration) (device, []int) {
	t.Helper()
	image := filepath.Join(top, kind+".img")
	f, err := os.Create(image)
	if err != nil {
		t.Fatal(err)
	}
	f.Truncate(48 << 20)
	f.Close()
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", image).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: no mkfs.ext4: %v: %s", err, out)
	}
	d := attach(t, image, filepath.Join(top, kind))
	cmd := again(t, "", kind, filepath.Join(d.mount, "data"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	// The child stops between two system calls, so no sync is under way while the disk is
	// copied; what it wrote and did not sync is in memory, and not in the copy.
	cmd.Process.Signal(syscall.SIGSTOP)
	for range 500 {
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
		if strings.Contains(string(stat), ") T ") {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	remains := filepath.Join(top, kind+"-after.img")
	b, err := os.ReadFile(image)
	if err == nil {
		err = os.WriteFile(remains, b, 0o600)
	}
	cmd.Process.Kill()
	rest, _ := io.ReadAll(lines)
	cmd.Wait()
	d.detach()
	if err != nil {
		t.Fatal(err)
	}
	var acknowledged []int
	text := first + string(rest)
	for _, line := range strings.Split(text[:strings.LastIndex(text, "\n")+1], "\n") {
		if n, err := strconv.Atoi(line); err == nil {
			acknowledged = append(acknowledged, n)
		}
	}
	return attach(t, remains, filepath.Join(top, kind+"-after")), acknowledged
}

// TestPowerCut takes the power away while pages are added, DATELINE_CUTS times, 3 if unset:
// every page that was acknowledged is on the disk, and doctor finds nothing. It needs root and
// loop devices.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: only root can mount the device whose power is cut")
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	top := t.TempDir()
	if err := syscall.Mount("tmpfs", top, "tmpfs", 0, "size=200m,mode=0700"); err != nil {
		t.Skipf("SKIPPED: cannot mount tmpfs: %v", err)
	}
	defer syscall.Unmount(top, syscall.MNT_DETACH)

	d, written := cut(t, top, "forgetful", 300*time.Millisecond)
	missing := 0
	for _, n := range written {
		if b, err := os.ReadFile(filepath.Join(d.mount, "data", strconv.Itoa(n))); err != nil || string(b) != string(page(n).Body) {
			missing++
		}
	}
	d.detach()
	if missing == 0 {
		t.Fatalf("%d files that were never synced all outlived the cut: this rig shows nothing", len(written))
	}
	total := 0
	cuts := setting("DATELINE_CUTS", 3)
	for range cuts {
		d, acknowledged := cut(t, top, "add", time.Duration(random.IntN(800))*time.Millisecond)
		total += len(acknowledged)
		s, err := store.Open(t.Context(), filepath.Join(d.mount, "data"), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range acknowledged {
			if body, err := s.Body(t.Context(), varied(n).Revision()); err != nil || string(body) != string(varied(n).Body) {
				t.Errorf("page %d was acknowledged and is lost: %v", n, err)
			}
		}
		clean(t, s)
		s.Close()
		d.detach()
	}
	t.Logf("%d cuts, %d acknowledged, 0 may be lost; without syncs %d of %d were", cuts, total, missing, len(written))
}
