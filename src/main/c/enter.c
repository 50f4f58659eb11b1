/*
 * Enters what a dyno is held in and becomes the program that runs it, so that no shell, unshare(1) and
 * mount(8) have to be started one after the other for what are a few calls of the kernel.
 *
 *   enter [-p PID] [-g FILE]… [-u] [-o OPTIONS] [-d] [-a FILE] -- PROGRAM ARGUMENT…
 *
 * -p  dies with its parent, which is this one, or had died before
 * -g  writes itself into a control group, by its cgroup.procs; one that is closed is passed by
 * -u  in a user namespace of its own, where it is root
 * -o  in a mount namespace of its own, with an overlay of these options on ./app
 * -d  ignores what a terminal's keys send, as the program does until it says otherwise
 * -a  gives the program this file as descriptor 3
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

static void fail(const char *what) {
    fprintf(stderr, "dyno: %s: %s\n", what, strerror(errno));
    exit(125);
}

static int written(const char *file, const char *text) {
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    int whole = write(fd, text, strlen(text)) == (ssize_t) strlen(text);
    close(fd);
    return whole;
}

static void map(const char *file, int id) {
    char line[32];
    snprintf(line, sizeof line, "0 %d 1", id);
    if (!written(file, line)) fail(file);
}

static void lay(const char *options, int user) {
    int uid = geteuid(), gid = getegid();
    if (unshare(CLONE_NEWNS | (user ? CLONE_NEWUSER : 0)) != 0) fail("no namespace of mounts");
    if (user) {
        if (!written("/proc/self/setgroups", "deny") && errno != ENOENT) fail("/proc/self/setgroups");
        map("/proc/self/uid_map", uid);
        map("/proc/self/gid_map", gid);
    }
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) fail("the mounts cannot be kept apart");
    if (mount("overlay", "app", "overlay", 0, options) != 0) fail("no overlay can be laid over the slug");
}

int main(int count, char **words) {
    const char *options = NULL, *arguments = NULL;
    int parent = 0, user = 0, deaf = 0, option;
    while ((option = getopt(count, words, "+p:g:uo:da:")) != -1) {
        switch (option) {
            case 'p': parent = atoi(optarg); break;
            case 'g': written(optarg, "0"); break;
            case 'u': user = 1; break;
            case 'o': options = optarg; break;
            case 'd': deaf = 1; break;
            case 'a': arguments = optarg; break;
            default: exit(125);
        }
    }
    if (optind >= count) {
        fprintf(stderr, "dyno: enter what?\n");
        exit(125);
    }
    if (options != NULL) lay(options, user);
    if (parent != 0) { /* now, since to gain capabilities undoes it */
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail("its parent's death cannot be heard of");
        if (getppid() != parent) exit(125);
    }
    if (arguments != NULL) {
        int fd = open(arguments, O_RDONLY);
        if (fd < 0) fail(arguments);
        if (fd != 3 && (dup2(fd, 3) < 0 || close(fd) != 0)) fail(arguments);
    }
    if (deaf) {
        signal(SIGHUP, SIG_IGN);
        signal(SIGINT, SIG_IGN);
        signal(SIGQUIT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
    }
    execv(words[optind], words + optind);
    fail(words[optind]);
}
