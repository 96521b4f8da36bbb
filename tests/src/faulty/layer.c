/* Stands between a program and the C library, and makes its machine fail as told; see mod.rs.
 *
 * Every change of a file below $LAYER_DISK, and every flush, is written to $LAYER_LOG in the order it was done: what a disk
 * that loses its power would still hold is worked out from that. While $LAYER_FULL exists, no file there grows. The
 * calendar is ahead by as many seconds as $LAYER_CLOCK holds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { WROTE = 'w', CUT = 't', FLUSHING = 'f', FLUSHED = 'd', REMOVED = 'u', MOVED = 'm' };

struct head {
    uint32_t kind, path_bytes;
    uint64_t offset, bytes;
};

static const char *disk, *full_flag, *clock_file;
static int log_file = -1;
static uint64_t flushes;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    disk = getenv("LAYER_DISK");
    full_flag = getenv("LAYER_FULL");
    clock_file = getenv("LAYER_CLOCK");
    const char *log = getenv("LAYER_LOG");
    if (log) log_file = REAL(open)(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

/* Whether a file lies on the disk; gives its path. */
static int on_disk(int fd, char path[PATH_MAX]) {
    char link[64];
    if (!disk) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t bytes = readlink(link, path, PATH_MAX - 1);
    if (bytes < 0) return 0;
    path[bytes] = 0;
    return strncmp(path, disk, strlen(disk)) == 0;
}

static void note(uint32_t kind, const char *path, uint64_t offset, const void *data, uint64_t bytes) {
    if (log_file < 0) return;
    struct head head = {kind, (uint32_t)strlen(path), offset, bytes};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)path, head.path_bytes}, {(void *)data, data ? bytes : 0}};
    int before = errno;
    if (REAL(writev)(log_file, parts, data ? 3 : 2) < 0) abort();
    errno = before;
}

/* Of what takes the place of something older too, as on file systems that write every block anew: a log that is begun from its
   start again would not notice otherwise. */
static int has_no_room(void) { return full_flag && access(full_flag, F_OK) == 0; }

static int grows(int fd, uint64_t end) {
    struct stat now;
    return fstat(fd, &now) == 0 && end > (uint64_t)now.st_size;
}

static ssize_t put(int fd, const void *data, size_t bytes, off64_t offset) {
    char path[PATH_MAX];
    if (!on_disk(fd, path)) return REAL(pwrite64)(fd, data, bytes, offset);
    if (has_no_room()) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t done = REAL(pwrite64)(fd, data, bytes, offset);
    if (done > 0) note(WROTE, path, (uint64_t)offset, data, (uint64_t)done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t bytes, off64_t offset) { return put(fd, data, bytes, offset); }
ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset) { return put(fd, data, bytes, offset); }

ssize_t write(int fd, const void *data, size_t bytes) {
    char path[PATH_MAX];
    if (!on_disk(fd, path)) return REAL(write)(fd, data, bytes);
    struct stat now;
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    off64_t offset = appends && fstat(fd, &now) == 0 ? now.st_size : lseek64(fd, 0, SEEK_CUR);
    if (has_no_room()) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t done = REAL(write)(fd, data, bytes);
    if (done > 0) note(WROTE, path, (uint64_t)offset, data, (uint64_t)done);
    return done;
}

/* Piece by piece: whoever writes several at once has to go on after a part of them anyway. */
static ssize_t put_all(int fd, const struct iovec *parts, int count, off64_t offset) {
    ssize_t all = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = put(fd, parts[part].iov_base, parts[part].iov_len, offset + all);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return all;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    char path[PATH_MAX];
    return on_disk(fd, path) ? put_all(fd, parts, count, offset) : REAL(pwritev)(fd, parts, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    char path[PATH_MAX];
    return on_disk(fd, path) ? put_all(fd, parts, count, offset) : REAL(pwritev64)(fd, parts, count, offset);
}

static int cut(int fd, off64_t bytes) {
    char path[PATH_MAX];
    int known = on_disk(fd, path);
    if (known && grows(fd, (uint64_t)bytes) && has_no_room()) {
        errno = ENOSPC;
        return -1;
    }
    int done = REAL(ftruncate64)(fd, bytes);
    if (known && done == 0) note(CUT, path, (uint64_t)bytes, NULL, 0);
    return done;
}

int ftruncate64(int fd, off64_t bytes) { return cut(fd, bytes); }
int ftruncate(int fd, off_t bytes) { return cut(fd, bytes); }

/* What was written before a flush began is on the disk when it has ended. */
static int flush(int fd, int (*flushes_file)(int)) {
    char path[PATH_MAX];
    int known = on_disk(fd, path);
    uint64_t number = __atomic_add_fetch(&flushes, 1, __ATOMIC_RELAXED) | (uint64_t)getpid() << 32;
    if (known) note(FLUSHING, path, number, NULL, 0);
    int done = flushes_file(fd);
    if (known && done == 0) note(FLUSHED, path, number, NULL, 0);
    return done;
}

int fsync(int fd) { return flush(fd, REAL(fsync)); }
int fdatasync(int fd) { return flush(fd, REAL(fdatasync)); }

static void removed(const char *path) {
    char whole[PATH_MAX];
    if (disk && realpath(path, whole) && strncmp(whole, disk, strlen(disk)) == 0) note(REMOVED, whole, 0, NULL, 0);
}

int unlink(const char *path) {
    removed(path);
    return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    int known = disk && realpath(from, old) && strncmp(old, disk, strlen(disk)) == 0;
    int done = REAL(rename)(from, to);
    if (known && done == 0 && realpath(to, new)) note(MOVED, old, 0, new, strlen(new));
    return done;
}

static time_t ahead(void) {
    char text[32] = {0};
    if (!clock_file) return 0;
    int file = REAL(open)(clock_file, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t bytes = read(file, text, sizeof text - 1);
    close(file);
    return bytes > 0 ? (time_t)strtol(text, NULL, 10) : 0;
}

int clock_gettime(clockid_t which, struct timespec *now) {
    int done = REAL(clock_gettime)(which, now);
    if (done == 0 && which == CLOCK_REALTIME) now->tv_sec += ahead();
    return done;
}
