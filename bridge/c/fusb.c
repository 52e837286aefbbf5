#define _POSIX_C_SOURCE 200809L
#include "fusb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { HELLO = 1, STATUS, DEFAULT_PROGRAM, VALIDATE, UPLOAD, START, SET_VOLTAGE, HEARTBEAT, RESET, PING,
       STOP = 16, TRIP, EMERGENCY_STOP, RELEASE, BYE,
       FIRING = 32, VOLTAGE, OVERFLOW_, LATE, PROBE, FAULT, WARNING, BLOCK_PART, BLOCK, RUN_ENDED };
enum { HEADER = 12, MAX_BODY = 16 << 20, MAX_PART = 256 << 10, MAX_SLOTS = 4096, REPLY = 1, REFUSED = 3 };
enum { FREE, FILLING, SENT }; /* slots */
#define MAGIC 0x42535546u
static const int64_t WATCHDOG_NS = 1000000000, MESSAGE_NS = 5000000000;
static const struct timeval SILENCE = {3, 0}, STUCK = {5, 0}; /* limits of one read and one write, seconds */

struct fusb {
    const fusb_scanner *scanner;
    int listening, port;
    atomic_int fd, running, stopping, high_voltage;
    atomic_llong heartbeat_ns;
    pthread_mutex_t state, write;
    int latched, fault_kind, loaded, leaving, drops;
    char fault_text[FUSB_WHY];
    fusb_program program;
    uint32_t run, slots;
    int64_t slot_bytes;
    atomic_uchar slot_state[MAX_SLOTS];
    uint8_t *ring;
    size_t mapped; /* bytes of a mapped ring; 0 for one of our own */
};

int64_t fusb_now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void pause_ms(int ms) { nanosleep(&(struct timespec){0, ms * 1000000L}, NULL); }

/* ---- bodies: numbers as they stand in memory ---- */

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the protocol is little-endian, and so must this machine be"
#endif

typedef struct { uint8_t *p; size_t n, cap; } out;
typedef struct { const uint8_t *p, *end; int bad; } in;

static void put(out *o, const void *bytes, size_t n) {
    if (o->n + n > o->cap) {
        o->cap = 2 * (o->n + n) + 256;
        if (!(o->p = realloc(o->p, o->cap))) abort(); /* some kilobytes: what is left to do is the watchdog's */
    }
    memcpy(o->p + o->n, bytes, n);
    o->n += n;
}

static size_t width(char form) { return form == 'd' ? 8 : form == 's' ? 2 : (size_t)(form - '0'); }

/* Appends: 1, 2, 4 an int of so many bytes, 8 an int64_t, d a double, s a text. */
static void vpack(out *o, const char *form, va_list v) {
    for (; *form; form++) {
        int64_t number = *form == 'd' || *form == 's' ? 0 : *form == '8' ? va_arg(v, int64_t) : va_arg(v, int);
        double real = *form == 'd' ? va_arg(v, double) : 0;
        const char *text = *form == 's' ? va_arg(v, const char *) : "";
        uint16_t length = (uint16_t)strlen(text);
        put(o, *form == 'd' ? (void *)&real : *form == 's' ? (void *)&length : &number, width(*form));
        put(o, text, length);
    }
}

static void pack(out *o, const char *form, ...) {
    va_list v;
    va_start(v, form);
    vpack(o, form, v);
    va_end(v);
}

/* Takes the same: 1, 2, 4 to a uint32_t, 8 to an int64_t, d to a double, s to a char[FUSB_WHY], which may cut it off. */
static void unpack(in *i, const char *form, ...) {
    va_list v;
    va_start(v, form);
    for (; *form; form++) {
        void *to = va_arg(v, void *);
        uint16_t length = 0;
        size_t n = width(*form), there = (size_t)(i->end - i->p);
        if (n < 4) *(uint32_t *)to = 0;
        if (n > there) i->bad = 1;
        else memcpy(*form == 's' ? (void *)&length : to, i->p, n);
        i->p += n > there ? there : n;
        if (*form != 's') continue;
        if (length > i->end - i->p) { i->bad = 1; length = 0; }
        size_t kept = length < FUSB_WHY ? length : FUSB_WHY - 1;
        memcpy(to, i->p, kept);
        ((char *)to)[kept] = 0;
        i->p += length;
    }
    va_end(v);
}

static int refuse(char *why, const char *form, ...) {
    va_list v;
    va_start(v, form);
    vsnprintf(why, FUSB_WHY, form, v);
    va_end(v);
    return -1;
}

/* ---- sending ---- */

static void send_all(int fd, const void *bytes, size_t n, int more) {
    for (size_t at = 0; at < n;) {
        ssize_t sent = send(fd, (const uint8_t *)bytes + at, n - at, MSG_NOSIGNAL | more);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) { shutdown(fd, SHUT_RDWR); return; } /* the reader ends the session */
        at += (size_t)sent;
    }
}

static void send_message(fusb *b, const out *head, const void *body, size_t n) {
    pthread_mutex_lock(&b->write);
    send_all(atomic_load(&b->fd), head->p, head->n, n ? MSG_MORE : 0);
    send_all(atomic_load(&b->fd), body, n, 0);
    pthread_mutex_unlock(&b->write);
}

static void say_body(fusb *b, int type, int flags, uint32_t request, out *body) {
    out head = {0};
    pack(&head, "4224", (int)body->n, type, flags, (int)request);
    send_message(b, &head, body->p, body->n);
    free(head.p);
    free(body->p);
}

static void say(fusb *b, int type, const char *form, ...) {
    out o = {0};
    va_list v;
    va_start(v, form);
    vpack(&o, form, v);
    va_end(v);
    say_body(b, type, 0, 0, &o);
}

/* ---- state, and what the scanner calls ---- */

static const char *const FAULTS[] = {"HEARTBEAT_LOST", "HIGH_VOLTAGE", "TEMPERATURE", "PROBE_REMOVED", "PROBE_CHANGED",
                                     "OVERFLOW", "DISK", "FREEZE", "MOTION", "EMERGENCY_STOP", "CRASHED"};

static void cut(fusb *b, const char *why) {
    b->scanner->cut(b->scanner->user); /* before any lock */
    if (atomic_exchange(&b->high_voltage, 0)) say(b, VOLTAGE, "ds", 0.0, why);
}

static void ask_to_stop(fusb *b) {
    atomic_store(&b->stopping, 1);
    b->scanner->stop(b->scanner->user);
}

void fusb_fault(fusb *b, enum fusb_fault_kind kind, const char *why) {
    char text[FUSB_WHY + 32];
    snprintf(text, sizeof text, "%s: %s", FAULTS[kind], why);
    cut(b, text);
    pthread_mutex_lock(&b->state);
    int first = !b->latched || (kind == FUSB_EMERGENCY_STOP && b->fault_kind != FUSB_EMERGENCY_STOP);
    if (first) {
        b->latched = 1;
        b->fault_kind = kind;
        snprintf(b->fault_text, sizeof b->fault_text, "%s", why);
    }
    pthread_mutex_unlock(&b->state);
    if (first) say(b, FAULT, "1s", (int)kind, why);
    ask_to_stop(b);
}

int fusb_stopping(fusb *b) { return atomic_load(&b->stopping); }

void fusb_firing(fusb *b) { say(b, FIRING, ""); }

void *fusb_claim(fusb *b, int wait_ms, uint32_t *slot) {
    for (int waited_ms = 0; !fusb_stopping(b); waited_ms++) {
        for (uint32_t i = 0; i < b->slots; i++)
            if (atomic_load(&b->slot_state[i]) == FREE) {
                atomic_store(&b->slot_state[*slot = i], FILLING);
                return b->ring + (size_t)i * (size_t)b->slot_bytes;
            }
        if (waited_ms >= wait_ms) break;
        pause_ms(1);
    }
    return NULL;
}

void fusb_send(fusb *b, uint32_t slot, int64_t number, int64_t first_frame, uint32_t frames, int64_t device_ns) {
    uint64_t bytes = 2ull * frames * b->program.transmits * b->program.samples * b->scanner->limits.channels;
    const uint8_t *samples = b->ring + (size_t)slot * (size_t)b->slot_bytes;
    atomic_store(&b->slot_state[slot], frames ? SENT : FREE);
    for (uint64_t at = 0; at < bytes && !b->mapped; at += MAX_PART) {
        size_t n = bytes - at < MAX_PART ? (size_t)(bytes - at) : MAX_PART;
        out head = {0};
        pack(&head, "422448", (int)n + 12, BLOCK_PART, 0, 0, (int)slot, (int64_t)at);
        send_message(b, &head, samples + at, n);
        free(head.p);
        sched_yield(); /* a reply gets between the parts of a block */
    }
    if (frames) say(b, BLOCK, "48848", (int)slot, number, first_frame, (int)frames, device_ns);
}

int fusb_overflowed(fusb *b, int64_t block, int64_t lost) {
    say(b, OVERFLOW_, "88", block, lost);
    return b->drops ? 0 : -1;
}

void fusb_run_ended(fusb *b, const char *failure, int64_t lost) {
    char text[FUSB_WHY + 32] = "";
    cut(b, "the run fires no more");
    pthread_mutex_lock(&b->state);
    if (b->latched && !b->leaving) snprintf(text, sizeof text, "%s: %s", FAULTS[b->fault_kind], b->fault_text);
    else if (failure) snprintf(text, sizeof text, "%s", failure);
    pthread_mutex_unlock(&b->state);
    out head = {0}, body = {0};
    pack(&body, "s84", text, lost, 0); /* no warnings */
    pack(&head, "4224", (int)body.n, RUN_ENDED, 0, 0);
    pthread_mutex_lock(&b->write);
    atomic_store(&b->running, 0); /* before the host hears of it and asks for the next thing */
    send_all(atomic_load(&b->fd), head.p, head.n, MSG_MORE);
    send_all(atomic_load(&b->fd), body.p, body.n, 0);
    pthread_mutex_unlock(&b->write);
    free(head.p);
    free(body.p);
}

/* Cuts when the host is silent while the scanner may fire. */
static void *watch(void *arg) {
    fusb *b = arg;
    for (;;) {
        pause_ms(5);
        if (atomic_load(&b->high_voltage) && fusb_now_ns() - atomic_load(&b->heartbeat_ns) > WATCHDOG_NS)
            fusb_fault(b, FUSB_HEARTBEAT_LOST, "no heartbeat of the host for 1000 ms");
    }
    return NULL;
}

/* ---- programs ---- */

static void put_samples(out *o, const fusb_program *p) {
    pack(o, "d44", p->sampling_hz, (int)p->samples, (int)p->transmits);
    for (uint32_t t = 0; t < p->transmits; t++) pack(o, "d", p->start_s[t]);
}

static void put_program(out *o, const fusb_program *p) {
    /* d4 is a control: a time, no trigger in, none out, no settings */
    pack(o, "sd441s", "frames", 0.0, 0, 1, 1, "frames"); /* one unit, a group */
    pack(o, "4dd44", (int)p->frames, p->transmits / p->prf_hz, 0.0, 0, 0); /* its schedule, without links */
    pack(o, "4ddd4", (int)p->frames_per_block, p->center_hz, p->prf_hz, p->sound_speed_m_s, (int)p->transmits);
    for (uint32_t t = 0; t < p->transmits; t++) {
        const fusb_transmit *w = &p->transmit[t];
        if (w->kind == FUSB_ELEMENT) pack(o, "14", w->kind, (int)w->element);
        else if (w->kind == FUSB_PLANE) pack(o, "1dd4", w->kind, w->x, w->y, 0); /* 0: all elements */
        else pack(o, "1ddd4", w->kind, w->x, w->y, w->z, 0);
    }
    put_samples(o, p);
    for (uint32_t t = 0; t < p->transmits; t++) pack(o, "d4", t / p->prf_hz, 0);
}

/* Whether a control asks for more than a time. */
static int get_control(in *i) {
    char text[FUSB_WHY];
    double time;
    uint32_t trigger_in, trigger_out, choice;
    unpack(i, "d1", &time, &trigger_in);
    if (trigger_in) unpack(i, "s1", text, &choice);
    unpack(i, "1", &trigger_out);
    if (trigger_out) unpack(i, "sdd1", text, &time, &time, &choice);
    unpack(i, "s", text);
    return trigger_in || trigger_out || text[0];
}

/* Reads a program; -1 and a reason when the library cannot represent it. */
static int get_program(in *i, fusb_program *p, char *why) {
    char text[FUSB_WHY];
    uint32_t units = 0, kind = 0, links = 0, weights = 0, starts = 0;
    double period;
    unpack(i, "s", text);
    int more = get_control(i);
    unpack(i, "41s4d", &units, &kind, text, &p->frames, &period);
    more |= get_control(i);
    unpack(i, "4", &links);
    if (more || units != 1 || kind != 1 || links)
        return refuse(why, "program: this scanner plays one group at its pace, without triggers or settings");
    p->transmits = 0;
    unpack(i, "4ddd4", &p->frames_per_block, &p->center_hz, &p->prf_hz, &p->sound_speed_m_s, &p->transmits);
    for (uint32_t t = 0; t < p->transmits && t < FUSB_MAX_TRANSMITS && !i->bad; t++) {
        fusb_transmit *w = &p->transmit[t];
        unpack(i, "1", &kind);
        *w = (fusb_transmit){.kind = (int)kind};
        if (kind == FUSB_ELEMENT) { unpack(i, "4", &w->element); continue; }
        unpack(i, "dd", &w->x, &w->y);
        if (kind != FUSB_PLANE) unpack(i, "d", &w->z);
        unpack(i, "4", &weights);
        if (kind < FUSB_PLANE || kind > FUSB_FOCUSED || weights)
            return refuse(why, "transmit %u: this scanner fires all elements, in waves, or one element", t);
    }
    unpack(i, "d44", &p->sampling_hz, &p->samples, &starts);
    for (uint32_t t = 0; t < starts && t < FUSB_MAX_TRANSMITS; t++) unpack(i, "d", &p->start_s[t]);
    if (!i->bad && p->transmits >= 1 && p->transmits <= FUSB_MAX_TRANSMITS && starts == p->transmits) return 0;
    return refuse(why, "program: %u transmits, expected 1 to %d", p->transmits, FUSB_MAX_TRANSMITS);
}

/* ---- one host ---- */

static void drop_ring(fusb *b) {
    if (b->mapped) munmap(b->ring, b->mapped);
    else free(b->ring);
    b->ring = NULL;
    b->mapped = 0;
    b->slots = 0;
}

static void map_ring(fusb *b, const char *file, size_t bytes) {
    struct stat s;
    int fd = open(file, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && (uint64_t)s.st_size >= bytes)
        b->ring = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (b->ring == MAP_FAILED) b->ring = NULL;
    if (fd >= 0) close(fd);
    b->mapped = b->ring ? bytes : 0;
}

static int start(fusb *b, in *i, char *why) {
    char file[FUSB_WHY];
    uint32_t run = 0, slots = 0, overflow;
    int64_t slot_bytes = 0;
    fusb_status s = {0};
    unpack(i, "4418s", &run, &slots, &overflow, &slot_bytes, file);
    if (i->bad) return -2;
    const fusb_program *p = &b->program;
    uint32_t frames = p->frames < p->frames_per_block ? p->frames : p->frames_per_block;
    double block = 2.0 * frames * p->transmits * p->samples * b->scanner->limits.channels;
    if (!b->loaded || b->latched || b->running)
        return refuse(why, "start: no program is loaded, a fault is latched, or a run has not ended");
    drop_ring(b);
    if (slots >= 2 && slots <= MAX_SLOTS && slot_bytes >= block && slot_bytes < INT64_MAX / MAX_SLOTS) {
        if (file[0]) map_ring(b, file, slots * (size_t)slot_bytes);
        else b->ring = malloc(slots * (size_t)slot_bytes);
    }
    if (!b->ring)
        return refuse(why, "start: no ring of %u slots of %lld bytes for blocks of %.0f bytes; check memory and file",
                      slots, (long long)slot_bytes, block);
    for (uint32_t k = 0; k < MAX_SLOTS; k++) atomic_store(&b->slot_state[k], FREE);
    b->slot_bytes = slot_bytes;
    b->slots = slots;
    b->run = run;
    b->drops = overflow == 1;
    atomic_store(&b->running, 1);
    atomic_store(&b->stopping, 0);
    atomic_store(&b->heartbeat_ns, fusb_now_ns());
    atomic_store(&b->high_voltage, 1); /* the watchdog runs from here on */
    if (b->scanner->start(b->scanner->user, b, why)) {
        cut(b, "the run did not start");
        atomic_store(&b->running, 0);
        return -1;
    }
    b->scanner->status(b->scanner->user, &s);
    say(b, VOLTAGE, "ds", s.target_v, "armed");
    return 0;
}

static void put_hello(fusb *b, out *o) {
    const fusb_scanner *s = b->scanner;
    const fusb_limits *l = &s->limits;
    const fusb_probe *p = &s->probe;
    fusb_status now = {0};
    s->status(s->user, &now);
    pack(o, "2sss444", 1, s->name, s->model, s->version, (int)l->channels, (int)l->transmits, (int)l->samples);
    pack(o, "dd8dddd", l->sampling_hz, l->prf_hz, l->block_bytes, l->voltage_v, l->duty_cycle, l->probe_c,
         l->transmit_clock_hz);
    pack(o, "d4", l->receive_clock_hz, (int)l->sample_step);
    pack(o, "4sd1s14", 1, s->connector, now.probe_c, 1, p->name, 0, (int)p->elements); /* one connector, a linear probe */
    pack(o, "ddddddd1", p->pitch_m, p->element_width_m, p->elevation_aperture_m, p->elevation_focus_m,
         (double)INFINITY, p->center_hz, p->fractional_bandwidth, 0); /* elements are not listed */
    pack(o, b->latched ? "11s" : "1", b->latched, b->fault_kind, b->fault_text);
}

/* Answers one message: 0 with the body of a reply, -1 with a reason against it, -2 when it makes no sense. */
static int answer(fusb *b, uint32_t type, in *i, out *o, char *why) {
    const fusb_scanner *s = b->scanner;
    static fusb_program asked; /* too large for a stack; only the serving thread uses it */
    fusb_status now = {0};
    uint32_t kind = 0, run = 0, slot = 0;
    double volts = 0;
    int bad;
    switch (type) {
    case PING: return 0;
    case HEARTBEAT: atomic_store(&b->heartbeat_ns, fusb_now_ns()); return 0;
    case STATUS:
        s->status(s->user, &now);
        pack(o, "1dd14d", now.on != 0, now.target_v, now.measured_v, now.settled != 0, 1, now.probe_c);
        return 0;
    case DEFAULT_PROGRAM:
        s->default_program(s->user, &asked);
        put_program(o, &asked);
        return 0;
    case VALIDATE:
        bad = get_program(i, &asked, why) || s->check(s->user, &asked, why);
        pack(o, bad ? "4s" : "4", bad, why);
        return 0;
    case UPLOAD:
        snprintf(why, FUSB_WHY, "upload: a run has not ended, or a fault is latched");
        if (b->running || b->latched || get_program(i, &asked, why) || s->check(s->user, &asked, why)) return -1;
        if (s->load(s->user, &asked, why)) return -1;
        b->program = asked;
        b->loaded = 1;
        pack(o, "dd", asked.center_hz, asked.prf_hz);
        put_samples(o, &asked);
        return 0;
    case START: return start(b, i, why);
    case SET_VOLTAGE:
        unpack(i, "d", &volts);
        snprintf(why, FUSB_WHY, "voltage of %g V, expected 0 to %g V", volts, s->limits.voltage_v);
        if (i->bad || !(volts >= 0 && volts <= s->limits.voltage_v)) return -1;
        s->set_voltage(s->user, volts);
        say(b, VOLTAGE, "ds", volts, "set");
        return 0;
    case RESET:
        snprintf(why, FUSB_WHY, "reset: the run has not ended");
        if (b->running || (b->latched && s->reset(s->user, why))) return -1;
        b->latched = 0;
        pack(o, "1", b->loaded);
        return 0;
    case STOP:
        if (b->running) ask_to_stop(b);
        return 0;
    case TRIP:
        unpack(i, "1s", &kind, why);
        if (i->bad || kind > FUSB_CRASHED) return -2;
        fusb_fault(b, (enum fusb_fault_kind)kind, why);
        return 0;
    case EMERGENCY_STOP: fusb_fault(b, FUSB_EMERGENCY_STOP, "somebody called for an emergency stop"); return 0;
    case RELEASE:
        unpack(i, "44", &run, &slot);
        if (run != b->run) return 0; /* of a run before */
        if (slot >= b->slots || atomic_load(&b->slot_state[slot]) != SENT) return -2;
        atomic_store(&b->slot_state[slot], FREE);
        return 0;
    default: return -2;
    }
}

/* Reads so many bytes of a message that began at a time, or now when it is 0; 0 when they do not come. */
static int read_all(int fd, uint8_t *p, size_t n, int64_t *began_ns) {
    for (size_t at = 0; at < n;) {
        ssize_t got = recv(fd, p + at, n - at, 0);
        if (got < 0 && errno == EINTR) continue;
        if (!*began_ns) *began_ns = fusb_now_ns();
        if (got <= 0 || fusb_now_ns() - *began_ns > MESSAGE_NS) return 0;
        at += (size_t)got;
    }
    return 1;
}

/* Serves a host until it says goodbye (1) or is gone (0). */
static int session(fusb *b, int fd) {
    for (int greeted = 0;; greeted = 1) {
        uint8_t h[HEADER] = {0}, *body;
        char why[FUSB_WHY] = "";
        uint32_t length, type, flags, request, magic = 0, version = 0;
        int64_t began_ns = 0;
        int whole = read_all(fd, h, HEADER, &began_ns), result = 0;
        in i = {h, h + HEADER, 0};
        unpack(&i, "4224", &length, &type, &flags, &request);
        if (!whole || length > MAX_BODY || flags || (type == HELLO) == greeted) return 0;
        body = malloc(length + 1);
        if (!body || !read_all(fd, body, length, &began_ns) || (greeted && type == BYE)) {
            free(body);
            return greeted && type == BYE;
        }
        out o = {0};
        i = (in){body, body + length, 0};
        if (greeted) {
            result = answer(b, type, &i, &o, why);
        } else {
            unpack(&i, "42", &magic, &version);
            if (magic != MAGIC) i.bad = 1;
            snprintf(why, sizeof why, "the scanner speaks version 1 of the bridge, the host %u", version);
            if (version == 1) put_hello(b, &o);
            else result = -1;
        }
        free(body);
        if (result == -2 || i.bad) { free(o.p); return 0; }
        if (result) { o.n = 0; pack(&o, "s", why); }
        if (request) say_body(b, (int)type, result ? REFUSED : REPLY, request, &o);
        else free(o.p);
        if (result && !greeted) return 0;
    }
}

static void end_session(fusb *b, int said_goodbye) {
    b->leaving = said_goodbye;
    if (said_goodbye) cut(b, "the host said goodbye");
    else if (b->running) fusb_fault(b, FUSB_HEARTBEAT_LOST, "the host is gone while the scanner fired");
    if (b->running) ask_to_stop(b);
    while (b->running) pause_ms(1);
    drop_ring(b);
    b->loaded = b->leaving = 0;
}

fusb *fusb_listen(const fusb_scanner *scanner, const char *address, int port) {
    fusb *b = calloc(1, sizeof *b);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof at;
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (!b || fd < 0 || inet_pton(AF_INET, address, &at.sin_addr) != 1 ||
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) || bind(fd, (struct sockaddr *)&at, size) ||
        listen(fd, 8) || getsockname(fd, (struct sockaddr *)&at, &size)) {
        if (fd >= 0) close(fd);
        free(b);
        return NULL;
    }
    pthread_mutex_init(&b->state, NULL);
    pthread_mutex_init(&b->write, NULL);
    b->scanner = scanner;
    b->listening = fd;
    b->port = ntohs(at.sin_port);
    atomic_store(&b->fd, -1);
    return b;
}

int fusb_port(const fusb *b) { return b->port; }

void fusb_serve(fusb *b) {
    pthread_t watching;
    int yes = 1;
    if (pthread_create(&watching, NULL, watch, b)) return;
    for (;;) {
        int fd = accept(b->listening, NULL, NULL);
        if (fd < 0) { pause_ms(1); continue; }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &SILENCE, sizeof SILENCE);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &STUCK, sizeof STUCK);
        atomic_store(&b->fd, fd);
        end_session(b, session(b, fd));
        pthread_mutex_lock(&b->write); /* the last word of a run may still be on its way */
        atomic_store(&b->fd, -1);
        close(fd);
        pthread_mutex_unlock(&b->write);
    }
}
