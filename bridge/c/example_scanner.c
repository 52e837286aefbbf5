/*
 * A scanner that attaches to the fUS SDK: plane waves on 16 elements, samples that a formula gives. Start it, then
 *     ./fus devices bridge://127.0.0.1:18950
 *     ./fus acquire --device bridge://127.0.0.1:18950 --frames 100 --out session1
 * Arguments: [--paced] [PORT]; --paced fires on time, whether there is room for the blocks or not.
 */
#define _POSIX_C_SOURCE 200809L
#include "fusb.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHANNELS = 16 };

typedef struct {
    atomic_int on, set_mv; /* high voltage, millivolts */
    int paced;
    fusb *bridge;
    fusb_program program;
} scanner;

static void default_program(void *user, fusb_program *p) {
    (void)user;
    *p = (fusb_program){.center_hz = 15e6, .prf_hz = 5000, .sound_speed_m_s = 1540, .sampling_hz = 60e6, .transmits = 3,
                        .samples = 256, .frames = 100, .frames_per_block = 10};
    for (uint32_t t = 0; t < p->transmits; t++) {
        p->transmit[t] = (fusb_transmit){.kind = FUSB_PLANE, .x = (t - 1.0) * 0.1};
        p->start_s[t] = 4e-6;
    }
}

static int check(void *user, const fusb_program *p, char why[FUSB_WHY]) {
    (void)user;
    for (uint32_t t = 0; t < p->transmits; t++)
        if (p->transmit[t].kind != FUSB_PLANE) {
            snprintf(why, FUSB_WHY, "groups[0].events[%u].transmit: this scanner fires plane waves", t);
            return -1;
        }
    return 0;
}

static int load(void *user, fusb_program *p, char why[FUSB_WHY]) {
    (void)why;
    ((scanner *)user)->program = *p;
    return 0;
}

/* An echo that moves from frame to frame, at a depth of its own on each channel. */
static void fill(const fusb_program *p, int64_t first, uint32_t frames, int16_t *to) {
    for (uint32_t f = 0; f < frames; f++)
        for (uint32_t t = 0; t < p->transmits; t++)
            for (uint32_t c = 0; c < CHANNELS; c++)
                for (uint32_t k = 0; k < p->samples; k++) {
                    double s = k - p->samples / 2.0 - 2.0 * c - 0.01 * (double)(first + f);
                    *to++ = (int16_t)(8000 * exp(-s * s / 50) * cos(6.283185307179586 * p->center_hz / p->sampling_hz * s));
                }
}

static void *run(void *user) {
    scanner *s = user;
    const fusb_program *p = &s->program;
    const char *failure = NULL;
    int64_t began = fusb_now_ns(), lost = 0;
    double frame_ns = 1e9 * p->transmits / p->prf_hz;
    fusb_firing(s->bridge);
    int64_t first = 0;
    for (int64_t number = 0; first < p->frames && !fusb_stopping(s->bridge) && !failure; number++) {
        uint32_t slot, frames = p->frames_per_block;
        if (frames > p->frames - first) frames = (uint32_t)(p->frames - first);
        void *room = fusb_claim(s->bridge, s->paced ? 0 : 1000000, &slot);
        if (room) fill(p, first, frames, room);
        int64_t due = began + (int64_t)(frame_ns * (double)(first + frames));
        while (s->paced && fusb_now_ns() < due && !fusb_stopping(s->bridge)) nanosleep(&(struct timespec){0, 100000}, NULL);
        if (room) {
            fusb_send(s->bridge, slot, number, first, frames, began + (int64_t)(frame_ns * (double)first));
        } else if (!fusb_stopping(s->bridge) && fusb_overflowed(s->bridge, number, ++lost)) {
            failure = "overflow: a block found no free slot; take blocks faster, release them, or use a larger ring";
        }
        first += frames;
    }
    fusb_run_ended(s->bridge, failure, lost);
    return NULL;
}

static int start(void *user, fusb *bridge, char why[FUSB_WHY]) {
    scanner *s = user;
    pthread_t thread;
    s->bridge = bridge;
    atomic_store(&s->on, 1);
    if (pthread_create(&thread, NULL, run, s)) {
        snprintf(why, FUSB_WHY, "start: no thread");
        return -1;
    }
    pthread_detach(thread);
    return 0;
}

static void stop(void *user) { (void)user; /* run looks at fusb_stopping */ }

static void cut(void *user) { atomic_store(&((scanner *)user)->on, 0); }

static void set_voltage(void *user, double volts) { atomic_store(&((scanner *)user)->set_mv, (int)lrint(volts * 1000)); }

static void status(void *user, fusb_status *now) {
    scanner *s = user;
    int on = atomic_load(&s->on);
    double target = atomic_load(&s->set_mv) / 1000.0;
    *now = (fusb_status){.on = on, .settled = 1, .target_v = target, .measured_v = on ? target : 0, .probe_c = 25};
}

static int reset(void *user, char why[FUSB_WHY]) {
    (void)user;
    (void)why;
    return 0;
}

int main(int count, char **arguments) {
    static scanner s = {.set_mv = 25000};
    int port = FUSB_PORT;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--paced") == 0) s.paced = 1;
        else port = atoi(arguments[i]);
    }
    static const fusb_limits limits = {.channels = CHANNELS, .transmits = 128, .samples = 4096, .sampling_hz = 62.5e6,
                                       .prf_hz = 20e3, .block_bytes = 1 << 28, .voltage_v = 40, .duty_cycle = 0.01,
                                       .probe_c = 43, .sample_step = 1};
    fusb_scanner me = {.name = "example scanner", .model = "C example", .version = "1", .connector = "A", .limits = limits,
                       .probe = {"example probe", CHANNELS, 0.2e-3, 0.18e-3, 1.5e-3, 8e-3, 15e6, 0.6}, .user = &s,
                       .default_program = default_program, .check = check, .load = load, .start = start, .stop = stop,
                       .cut = cut, .set_voltage = set_voltage, .status = status, .reset = reset};
    fusb *bridge = fusb_listen(&me, "127.0.0.1", port);
    if (!bridge) {
        perror("example_scanner: cannot listen");
        return 1;
    }
    printf("listening at 127.0.0.1:%d\n", fusb_port(bridge));
    fflush(stdout);
    fusb_serve(bridge);
    return 0;
}
