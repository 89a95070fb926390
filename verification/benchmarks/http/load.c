/*
 * Load for an HTTP/1.1 server on this machine: on every connection it sends a number of requests at once, waits for
 * all their answers, and sends the next ones.
 *
 *   load PORT CONNECTIONS DEPTH REQUEST ANSWER VARYING LEAD_SECONDS SECONDS SERVER_PID SERVER_CORE CLIENT_CORE
 *       measures for SECONDS, after LEAD_SECONDS that do not count, and prints a line of JSON
 *
 * REQUEST is a file with a request, ANSWER one with its answer, as the server gives it each time: every answer is
 * compared with it, but for VARYING, "FROM-TO", the bytes in which the date stands ("0-0" if there is none). So all
 * answers must have the same length, and nothing of HTTP has to be understood here.
 *
 * A connection counts as open when a first answer has come, so no more than one waits to be accepted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 1024 };

struct connection {
    int fd;
    size_t received;
    uint64_t sent_at;
    char *data;
};

struct text {
    char *bytes;
    size_t size;
};

/* What is sent and expected at once, DEPTH times the same. */
static struct text requests_sent, answers_wanted;
static size_t answer_size, vary_from, vary_to, depth;

/* Latencies in nanoseconds: every power of two has STEPS / 2 buckets, so each is right to within 1.6 %. */
enum { STEP_BITS = 6, STEPS = 1 << STEP_BITS, BUCKETS = STEPS * (65 - STEP_BITS) };
static uint64_t histogram[BUCKETS];
static uint64_t requests;

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void fail_with(int error, const char *what) {
    errno = error;
    fail(what);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* ---------------------------------------------------------------- latencies */

static void record(uint64_t nanos) {
    int shift = 0;
    if (nanos >= STEPS) {
        shift = 63 - __builtin_clzll(nanos) - (STEP_BITS - 1);
    }
    histogram[(uint64_t)shift * STEPS / 2 + (nanos >> shift)] += depth;
    requests += depth;
}

/* The middle of the bucket below which `share` of all latencies are, in microseconds. */
static double percentile(double share) {
    uint64_t wanted = (uint64_t)(share * (double)requests), seen = 0;
    for (uint64_t i = 0; i < BUCKETS; i++) {
        seen += histogram[i];
        if (seen > wanted) {
            int shift = i < STEPS ? 0 : (int)(i / (STEPS / 2)) - 1;
            uint64_t low = (i - (uint64_t)shift * STEPS / 2) << shift;
            return ((double)low + (double)(1ull << shift) / 2) / 1000;
        }
    }
    return 0;
}

/* ---------------------------------------------------------------- what is said */

/* `times` times what is in the file. */
static struct text read_text(const char *name, size_t times) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END) < 0) fail(name);
    long size = ftell(file);
    if (size <= 0) fail_with(EINVAL, name);
    rewind(file);
    struct text text = {.bytes = malloc((size_t)size * times), .size = (size_t)size * times};
    if (!text.bytes || fread(text.bytes, 1, (size_t)size, file) != (size_t)size) fail(name);
    fclose(file);
    for (size_t i = 1; i < times; i++) memcpy(text.bytes + i * (size_t)size, text.bytes, (size_t)size);
    return text;
}

static void check(const char *data) {
    for (size_t at = 0; at < answers_wanted.size; at += answer_size) {
        if (memcmp(data + at, answers_wanted.bytes, vary_from) != 0
            || memcmp(data + at + vary_to, answers_wanted.bytes + vary_to, answer_size - vary_to) != 0) {
            fwrite(data + at, 1, answer_size, stderr);
            fail_with(EBADMSG, "answer");
        }
    }
}

/* ---------------------------------------------------------------- connections */

static void ask(struct connection *c, uint64_t time) {
    c->received = 0;
    c->sent_at = time;
    if (send(c->fd, requests_sent.bytes, requests_sent.size, MSG_NOSIGNAL) != (ssize_t)requests_sent.size) fail("send");
}

/* Takes what has come; returns whether that completes the answers. */
static int take(struct connection *c) {
    ssize_t n = recv(c->fd, c->data + c->received, answers_wanted.size - c->received, 0);
    if (n < 0 && errno == EAGAIN) return 0;
    if (n == 0) fail_with(ECONNRESET, "receive");
    if (n < 0) fail("receive");
    c->received += (size_t)n;
    if (c->received < answers_wanted.size) return 0;
    check(c->data);
    return 1;
}

static void open_connection(struct connection *c, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    if (setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0) fail("TCP_NODELAY");
    c->data = malloc(answers_wanted.size);
    if (!c->data) fail("memory");
    ask(c, 0);
    while (!take(c)) continue;
    if (fcntl(c->fd, F_SETFL, O_NONBLOCK) < 0) fail("O_NONBLOCK");
}

static struct connection *open_connections(int port, int count) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct connection *all = calloc((size_t)count, sizeof *all);
    if (!all) fail("memory");
    for (int i = 0; i < count; i++) open_connection(&all[i], port);
    return all;
}

/*
 * Keeps all connections busy until the time is `end`; without `again` it only waits for the answers under way.
 * Returns how many of those are still missing.
 */
static int drive(int epoll, int under_way, uint64_t end, int again, int measured) {
    struct epoll_event events[BATCH];
    while (under_way > 0 && now() < end) {
        int n = epoll_wait(epoll, events, BATCH, 100);
        if (n < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (!take(c)) continue;
            uint64_t time = now();
            if (measured) record(time - c->sent_at);
            if (again) ask(c, time);
            else under_way--;
        }
    }
    return under_way;
}

/* ---------------------------------------------------------------- processor time, in seconds */

/* User and system time of all threads of a process. */
static double process_seconds(const char *pid) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(text, sizeof text, file)) fail(path);
    fclose(file);
    unsigned long user, system;
    char *rest = strrchr(text, ')'); /* the name before it may contain anything */
    if (!rest || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) fail(path);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* What a core has been busy for, whoever kept it so: a virtual machine's host as well. */
static double core_seconds(const char *core) {
    char name[32], text[512];
    double busy = -1;
    size_t length = (size_t)snprintf(name, sizeof name, "cpu%s ", core);
    FILE *file = fopen("/proc/stat", "r");
    if (!file) fail("/proc/stat");
    while (fgets(text, sizeof text, file)) {
        unsigned long user, nice, system, irq, softirq, steal;
        if (strncmp(text, name, length) == 0
            && sscanf(text + length, "%lu %lu %lu %*u %*u %lu %lu %lu", &user, &nice, &system, &irq, &softirq, &steal) == 6) {
            busy = (double)(user + nice + system + irq + softirq + steal) / (double)sysconf(_SC_CLK_TCK);
        }
    }
    fclose(file);
    if (busy < 0) fail_with(ENOENT, name);
    return busy;
}

static double own_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---------------------------------------------------------------- the command */

static void run(int port, int count, char **arguments) {
    double lead = atof(arguments[0]), seconds = atof(arguments[1]);
    const char *pid = arguments[2], *server_core = arguments[3], *client_core = arguments[4];
    struct connection *all = open_connections(port, count);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; i++) {
        /* Edges will do, and cost less: what is missing of the answers raises the next one. */
        struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.ptr = &all[i]};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, all[i].fd, &event) < 0) fail("epoll_ctl");
    }
    for (int i = 0; i < count; i++) ask(&all[i], now());
    drive(epoll, count, now() + (uint64_t)(lead * 1e9), 1, 0);

    double server = process_seconds(pid), client = own_seconds();
    double near_server = core_seconds(server_core), near_client = core_seconds(client_core);
    uint64_t start = now();
    drive(epoll, count, start + (uint64_t)(seconds * 1e9), 1, 1);
    double took = (double)(now() - start) / 1e9;
    server = process_seconds(pid) - server;
    client = own_seconds() - client;
    near_server = core_seconds(server_core) - near_server;
    near_client = core_seconds(client_core) - near_client;

    if (drive(epoll, count, now() + 5000000000u, 0, 0) > 0) fail_with(ETIMEDOUT, "last answers");
    printf("{\"requests\": %llu, \"seconds\": %.6f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"server_cpu\": %.2f, "
           "\"client_cpu\": %.3f, \"server_core_busy\": %.2f, \"client_core_busy\": %.2f}\n",
           (unsigned long long)requests, took, percentile(0.5), percentile(0.99), server, client, near_server, near_client);
}

int main(int count, char **arguments) {
    if (count != 12) {
        fputs("usage: load PORT CONNECTIONS DEPTH REQUEST ANSWER VARYING LEAD_SECONDS SECONDS SERVER_PID SERVER_CORE "
              "CLIENT_CORE\n", stderr);
        return 2;
    }
    depth = (size_t)atoi(arguments[3]);
    requests_sent = read_text(arguments[4], depth);
    answers_wanted = read_text(arguments[5], depth);
    answer_size = answers_wanted.size / depth;
    if (sscanf(arguments[6], "%zu-%zu", &vary_from, &vary_to) != 2 || vary_from > vary_to || vary_to > answer_size) {
        fail_with(EINVAL, arguments[6]);
    }
    run(atoi(arguments[1]), atoi(arguments[2]), arguments + 7);
    return 0;
}
