/*
 * The system calls of package dev.dyno.process, linked to its native methods by their names: the same
 * methods that JNA binds where this library could not be built, but without the 25 ms that JNA takes.
 * A call that fails leaves its errno to Shim.errno(), one for each thread.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define POSIX(type, name) JNIEXPORT type JNICALL Java_dev_dyno_process_Posix_##name
#define LINUX(type, name) JNIEXPORT type JNICALL Java_dev_dyno_process_Posix_00024Linux_##name
#define FILES(type, name) JNIEXPORT type JNICALL Java_dev_dyno_process_LinuxFiles_##name
#define SHIM(type, name) JNIEXPORT type JNICALL Java_dev_dyno_process_Shim_##name

static __thread int failure;

static jlong told(long result) {
    if (result == -1) failure = errno;
    return result;
}

/* Bytes of Java's, copied: none is pinned while the kernel lets us wait. */
typedef struct {
    char *at;
    _Alignas(8) char here[512];
} Bytes;

static char *copied(JNIEnv *env, jbyteArray from, Bytes *bytes) {
    if (from == NULL) return bytes->at = NULL;
    jsize size = (*env)->GetArrayLength(env, from);
    bytes->at = (size_t) size < sizeof bytes->here ? bytes->here : malloc(size + 1);
    if (bytes->at == NULL) abort();
    (*env)->GetByteArrayRegion(env, from, 0, size, (jbyte *) bytes->at);
    bytes->at[size] = 0;
    return bytes->at;
}

static void freed(Bytes *bytes) {
    if (bytes->at != bytes->here) free(bytes->at);
}

static void give(JNIEnv *env, jbyteArray to, const void *from, size_t size) {
    jsize room = (*env)->GetArrayLength(env, to);
    (*env)->SetByteArrayRegion(env, to, 0, (size_t) room < size ? room : (jsize) size, from);
}

SHIM(jint, errno)(JNIEnv *env, jclass c) {
    return failure;
}

SHIM(jlong, address)(JNIEnv *env, jclass c, jobject direct) {
    return (jlong) (intptr_t) (*env)->GetDirectBufferAddress(env, direct);
}

SHIM(jboolean, contains)(JNIEnv *env, jclass c, jobject direct, jint count, jbyte wanted) {
    return memchr((*env)->GetDirectBufferAddress(env, direct), wanted, count) != NULL;
}

/* Terminals */

POSIX(jint, posix_1openpt)(JNIEnv *env, jclass c, jint flags) {
    return told(posix_openpt(flags));
}

POSIX(jint, grantpt)(JNIEnv *env, jclass c, jint fd) {
    return told(grantpt(fd));
}

POSIX(jint, unlockpt)(JNIEnv *env, jclass c, jint fd) {
    return told(unlockpt(fd));
}

POSIX(jint, ptsname_1r)(JNIEnv *env, jclass c, jint fd, jbyteArray name, jlong size) {
    char found[128] = {0};
    int error = ptsname_r(fd, found, sizeof found);
    if (error == 0) give(env, name, found, sizeof found);
    return error;
}

POSIX(jint, tcgetattr)(JNIEnv *env, jclass c, jint fd, jbyteArray settings) {
    struct termios found;
    int result = told(tcgetattr(fd, &found));
    if (result == 0) give(env, settings, &found, sizeof found);
    return result;
}

static void settings_of(JNIEnv *env, jbyteArray from, struct termios *to) {
    (*env)->GetByteArrayRegion(env, from, 0, sizeof *to, (jbyte *) to);
}

POSIX(jint, tcsetattr)(JNIEnv *env, jclass c, jint fd, jint actions, jbyteArray settings) {
    struct termios wanted;
    settings_of(env, settings, &wanted);
    return told(tcsetattr(fd, actions, &wanted));
}

POSIX(void, cfmakeraw)(JNIEnv *env, jclass c, jbyteArray settings) {
    struct termios made;
    settings_of(env, settings, &made);
    cfmakeraw(&made);
    give(env, settings, &made, sizeof made);
}

POSIX(jint, tcgetpgrp)(JNIEnv *env, jclass c, jint fd) {
    return told(tcgetpgrp(fd));
}

POSIX(jint, isatty)(JNIEnv *env, jclass c, jint fd) {
    return isatty(fd);
}

SHIM(jint, windowSize)(JNIEnv *env, jclass c, jint fd, jbyteArray size) {
    struct winsize found;
    int result = told(ioctl(fd, TIOCGWINSZ, &found));
    if (result == 0) give(env, size, &found, sizeof found);
    return result;
}

SHIM(jint, setWindowSize)(JNIEnv *env, jclass c, jint fd, jbyteArray size) {
    struct winsize wanted;
    (*env)->GetByteArrayRegion(env, size, 0, sizeof wanted, (jbyte *) &wanted);
    return told(ioctl(fd, TIOCSWINSZ, &wanted));
}

/* Descriptors */

POSIX(jint, pipe)(JNIEnv *env, jclass c, jintArray fds) {
    int made[2];
    int result = told(pipe(made));
    if (result == 0) (*env)->SetIntArrayRegion(env, fds, 0, 2, made);
    return result;
}

POSIX(jint, close)(JNIEnv *env, jclass c, jint fd) {
    return told(close(fd));
}

POSIX(jint, open)(JNIEnv *env, jclass c, jstring path, jint flags) {
    const char *name = (*env)->GetStringUTFChars(env, path, NULL);
    if (name == NULL) return -1;
    int fd = told(open(name, flags));
    (*env)->ReleaseStringUTFChars(env, path, name);
    return fd;
}

LINUX(jint, open)(JNIEnv *env, jclass c, jstring path, jint flags) {
    return Java_dev_dyno_process_Posix_open(env, c, path, flags);
}

LINUX(jint, fcntl)(JNIEnv *env, jclass c, jint fd, jint command, jint argument) {
    return told(fcntl(fd, command, argument));
}

POSIX(jlong, read__ILjava_nio_ByteBuffer_2J)(JNIEnv *env, jclass c, jint fd, jobject bytes, jlong count) {
    return told(read(fd, (*env)->GetDirectBufferAddress(env, bytes), count));
}

POSIX(jlong, read__I_3BJ)(JNIEnv *env, jclass c, jint fd, jbyteArray bytes, jlong count) {
    char some[512];
    size_t most = (size_t) count < sizeof some ? (size_t) count : sizeof some;
    long result = told(read(fd, some, most));
    if (result > 0) give(env, bytes, some, result);
    return result;
}

POSIX(jlong, write__ILjava_nio_ByteBuffer_2J)(JNIEnv *env, jclass c, jint fd, jobject bytes, jlong count) {
    return told(write(fd, (*env)->GetDirectBufferAddress(env, bytes), count));
}

POSIX(jlong, write__I_3BJ)(JNIEnv *env, jclass c, jint fd, jbyteArray bytes, jlong count) {
    Bytes all;
    long result = told(write(fd, copied(env, bytes, &all), count));
    freed(&all);
    return result;
}

POSIX(jint, poll)(JNIEnv *env, jclass c, jbyteArray entries, jlong count, jint milliseconds) {
    Bytes fds;
    copied(env, entries, &fds);
    int result = told(poll((struct pollfd *) fds.at, count, milliseconds));
    if (result >= 0) give(env, entries, fds.at, count * sizeof(struct pollfd));
    freed(&fds);
    return result;
}

/* Processes */

POSIX(jint, getpgrp)(JNIEnv *env, jclass c) {
    return getpgrp();
}

POSIX(jint, getpid)(JNIEnv *env, jclass c) {
    return getpid();
}

POSIX(jint, kill)(JNIEnv *env, jclass c, jint pid, jint sent) {
    return told(kill(pid, sent));
}

POSIX(jint, waitpid)(JNIEnv *env, jclass c, jint pid, jintArray status, jint options) {
    int how = 0;
    int result = told(waitpid(pid, &how, options));
    if (result > 0) (*env)->SetIntArrayRegion(env, status, 0, 1, &how);
    return result;
}

POSIX(jint, waitid)(JNIEnv *env, jclass c, jint which, jint id, jbyteArray info, jint options) {
    siginfo_t found;
    return told(waitid(which, id, &found, options));
}

POSIX(jint, pthread_1sigmask)(JNIEnv *env, jclass c, jint how, jbyteArray set, jbyteArray old) {
    sigset_t wanted, before;
    (*env)->GetByteArrayRegion(env, set, 0, sizeof wanted, (jbyte *) &wanted);
    int error = pthread_sigmask(how, &wanted, &before);
    if (error == 0) give(env, old, &before, sizeof before);
    return error;
}

LINUX(jint, prctl)(JNIEnv *env, jclass c, jint option, jlong two, jlong three, jlong four, jlong five) {
    return told(prctl(option, two, three, four, five));
}

/* Texts, each with its NUL, as a null-terminated array of them. */
static char **vector(char *texts, jsize size) {
    size_t count = 0;
    for (jsize i = 0; i < size; i++) count += texts[i] == 0;
    char **all = malloc((count + 1) * sizeof *all);
    if (all == NULL) abort();
    size_t next = 0;
    for (char *text = texts; text < texts + size; text += strlen(text) + 1) all[next++] = text;
    all[next] = NULL;
    return all;
}

/*
 * Leader of a session of its own, no signal blocked, no descriptor but 0 to 2. With a terminal these are
 * it, and it is the session's; else those given, of which -1 is the one that dyno has itself.
 */
SHIM(jint, spawn)(JNIEnv *env, jclass c, jbyteArray argv, jbyteArray environment, jbyteArray directory,
                  jbyteArray terminal, jint in, jint out, jint err) {
    Bytes words, variables, place, slave;
    copied(env, argv, &words);
    copied(env, environment, &variables);
    copied(env, directory, &place);
    copied(env, terminal, &slave);
    char **arguments = vector(words.at, (*env)->GetArrayLength(env, argv));
    char **values = vector(variables.at, (*env)->GetArrayLength(env, environment));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (place.at != NULL) posix_spawn_file_actions_addchdir_np(&actions, place.at);
    if (slave.at != NULL) {
        posix_spawn_file_actions_addopen(&actions, 0, slave.at, O_RDWR, 0);
        posix_spawn_file_actions_adddup2(&actions, 0, 1);
        posix_spawn_file_actions_adddup2(&actions, 0, 2);
    } else {
        /* Descriptor 2 first: 0 and 1 may be what it is a copy of. */
        if (err >= 0) posix_spawn_file_actions_adddup2(&actions, err, 2);
        if (in >= 0) posix_spawn_file_actions_adddup2(&actions, in, 0);
        if (out >= 0) posix_spawn_file_actions_adddup2(&actions, out, 1);
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    sigset_t none, own;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    /* glibc would have its own two signals ignored, and does not let sigaddset(3) name them. */
    sigemptyset(&own);
    *(unsigned long *) &own |= 3UL << 31;
    posix_spawnattr_setsigdefault(&attributes, &own);
    pid_t pid = -1;
    int error = posix_spawn(&pid, arguments[0], &actions, &attributes, arguments, values);
    failure = error;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    free(arguments);
    free(values);
    freed(&words);
    freed(&variables);
    freed(&place);
    freed(&slave);
    return error == 0 ? pid : -1;
}

/* syscall(2), each way it is called with: J a number or an address, 3B bytes, a buffer. */

FILES(jlong, syscall__JJJJJJ)(JNIEnv *env, jclass k, jlong call, jlong a, jlong b, jlong c, jlong d, jlong e) {
    return told(syscall(call, a, b, c, d, e));
}

FILES(jlong, syscall__JJ_3BJJ)(JNIEnv *env, jclass k, jlong call, jlong a, jbyteArray b, jlong c, jlong d) {
    Bytes text;
    long result = told(syscall(call, a, copied(env, b, &text), c, d));
    freed(&text);
    return result;
}

FILES(jlong, syscall__JJ_3BJ_3BJ)(JNIEnv *env, jclass k, jlong call, jlong a, jbyteArray b, jlong c, jbyteArray d,
                                  jlong e) {
    Bytes text, other;
    long result = told(syscall(call, a, copied(env, b, &text), c, copied(env, d, &other), e));
    freed(&text);
    freed(&other);
    return result;
}

FILES(jlong, syscall__J_3BJ_3B)(JNIEnv *env, jclass k, jlong call, jbyteArray a, jlong b, jbyteArray c) {
    Bytes text, other;
    long result = told(syscall(call, copied(env, a, &text), b, copied(env, c, &other)));
    freed(&text);
    freed(&other);
    return result;
}

FILES(jlong, syscall__JJ_3BJJLjava_nio_ByteBuffer_2)(JNIEnv *env, jclass k, jlong call, jlong a, jbyteArray b, jlong c,
                                                     jlong d, jobject e) {
    Bytes text;
    long result = told(syscall(call, a, copied(env, b, &text), c, d, (*env)->GetDirectBufferAddress(env, e)));
    freed(&text);
    return result;
}

FILES(jlong, syscall__JJ_3B_3BJ)(JNIEnv *env, jclass k, jlong call, jlong a, jbyteArray b, jbyteArray c, jlong d) {
    Bytes text, other;
    long result = told(syscall(call, a, copied(env, b, &text), copied(env, c, &other), d));
    freed(&text);
    freed(&other);
    return result;
}

FILES(jint, close)(JNIEnv *env, jclass c, jint fd) {
    return told(close(fd));
}

FILES(jstring, strerror)(JNIEnv *env, jclass c, jint number) {
    return (*env)->NewStringUTF(env, strerror(number));
}
