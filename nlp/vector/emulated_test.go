package vector

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// The NEON kernel is held against the plain loops on other processors too, by an emulator.
func TestNEONEmulated(t *testing.T) {
	emulator, err := exec.LookPath("qemu-aarch64")
	if err != nil || runtime.GOARCH == "arm64" || testing.Short() {
		t.Skip("SKIPPED: runs this package's tests for arm64 where qemu-aarch64 (qemu-user) is installed")
	}
	binary := filepath.Join(t.TempDir(), "vector.test")
	build := exec.Command("go", "test", "-c", "-o", binary, ".")
	build.Env = append(os.Environ(), "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build for arm64: %v\n%s", err, out)
	}
	out, err := exec.Command(emulator, binary, "-test.v", "-test.run", "PlainLoops|Window|Named").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
