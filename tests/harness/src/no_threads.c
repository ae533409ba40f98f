/* No more threads, as on a machine that has run out of them: preloaded, it refuses one as soon as the file that NO_THREADS
   names is there. With NO_THREADS_FOR=main it refuses the main thread only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*begin)(void *), void *argument) {
    int refused = !getenv("NO_THREADS_FOR") || getpid() == gettid();
    if (refused && access(getenv("NO_THREADS"), F_OK) == 0) return EAGAIN;
    return ((create *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attributes, begin, argument);
}
