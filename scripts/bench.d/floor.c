/* The least a program does that gives another a terminal: the floor of `scripts/bench pty`. */
#define _GNU_SOURCE
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void copy(int from, int to, int *open) {
    char bytes[8192];
    ssize_t count = read(from, bytes, sizeof bytes);
    if (count <= 0) {
        *open = 0;
    }
    for (ssize_t done = 0; done < count;) {
        ssize_t written = write(to, bytes + done, count - done);
        if (written <= 0) {
            *open = 0;
            return;
        }
        done += written;
    }
}

int main(int count, char **words) {
    struct termios settings;
    struct winsize size;
    int master, status = 0, in = 1, out = 1;

    if (count != 2 || tcgetattr(0, &settings) < 0 || ioctl(0, TIOCGWINSZ, &size) < 0) {
        return 125;
    }
    pid_t child = forkpty(&master, NULL, &settings, &size);
    if (child == 0) {
        execlp("bash", "bash", "-c", words[1], NULL);
        _exit(127);
    }
    struct termios raw = settings;
    cfmakeraw(&raw);
    tcsetattr(0, TCSADRAIN, &raw);
    while (out) {
        struct pollfd both[] = {{master, POLLIN, 0}, {in ? 0 : -1, POLLIN, 0}};
        poll(both, 2, -1);
        if (both[0].revents) {
            copy(master, 1, &out);
        }
        if (both[1].revents) {
            copy(0, master, &in);
        }
    }
    tcsetattr(0, TCSADRAIN, &settings);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
