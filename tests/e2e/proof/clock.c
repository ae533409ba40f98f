/* This machine's clock, set wrong for one program (LD_PRELOAD): by the seconds in the file that CLOCK_OFF names,
   which may change while the program runs. The monotonic clock is left alone, as a real one would be. */

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t id, struct timespec *now)
{
    int failed = (int)syscall(SYS_clock_gettime, id, now);
    const char *path = getenv("CLOCK_OFF");
    if (failed || id != CLOCK_REALTIME || !path)
        return failed;
    FILE *file = fopen(path, "r");
    long off = 0;
    if (file) {
        if (fscanf(file, "%ld", &off) != 1)
            off = 0;
        fclose(file);
    }
    now->tv_sec += off;
    return 0;
}
