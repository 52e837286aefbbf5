/*
 * fusb: attaches a scanner to the fUS SDK, without Java. The SDK connects to it as bridge://host:port.
 * The protocol stands in docs/bridge.md. C11 and POSIX; link with -pthread.
 *
 * The library keeps the state: it refuses calls out of turn, cuts the high voltage when the host is silent for a second
 * while the scanner may fire, when the connection ends, and in an emergency, and latches the fault until the host resets it.
 * The scanner fills in the functions below and fires on a thread of its own.
 */
#ifndef FUSB_H
#define FUSB_H

#include <stddef.h>
#include <stdint.h>

#define FUSB_PORT 18950
#define FUSB_MAX_TRANSMITS 4096
#define FUSB_WHY 256 /* room for the reason of a refusal, bytes */

enum fusb_fault_kind {
    FUSB_HEARTBEAT_LOST, FUSB_HIGH_VOLTAGE, FUSB_TEMPERATURE, FUSB_PROBE_REMOVED, FUSB_PROBE_CHANGED, FUSB_OVERFLOW,
    FUSB_DISK, FUSB_FREEZE, FUSB_MOTION, FUSB_EMERGENCY_STOP, FUSB_CRASHED
};

enum fusb_transmit_kind { FUSB_PLANE = 1, FUSB_DIVERGING, FUSB_FOCUSED, FUSB_ELEMENT };

/* plane: x tilt, y elevation, rad; diverging, focused: source or focus, m; element: the element that fires */
typedef struct { int kind; double x, y, z; uint32_t element; } fusb_transmit;

/* One group of firings that is played at its regular pace; all elements fire with equal weight. */
typedef struct {
    double center_hz, prf_hz, sound_speed_m_s, sampling_hz;
    uint32_t transmits, samples, frames, frames_per_block;
    fusb_transmit transmit[FUSB_MAX_TRANSMITS];
    double start_s[FUSB_MAX_TRANSMITS]; /* of sample 0 of each transmit, after the first element fired */
} fusb_program;

typedef struct {
    uint32_t channels, transmits, samples;
    double sampling_hz, prf_hz;
    int64_t block_bytes;
    double voltage_v, duty_cycle, probe_c;
    double transmit_clock_hz, receive_clock_hz; /* 0: any time and frequency */
    uint32_t sample_step;
} fusb_limits;

/* A linear array. NAN where a length or bandwidth is not known. */
typedef struct {
    const char *name;
    uint32_t elements;
    double pitch_m, element_width_m, elevation_aperture_m, elevation_focus_m, center_hz, fractional_bandwidth;
} fusb_probe;

typedef struct { int on, settled; double target_v, measured_v, probe_c; } fusb_status;

typedef struct fusb fusb;

/* What the scanner is and does. All functions but load return within 20 ms; those with int return 0, or -1 with a reason. */
typedef struct {
    const char *name, *model, *version, *connector;
    fusb_limits limits;
    fusb_probe probe;
    void *user; /* first argument of each function */
    void (*default_program)(void *user, fusb_program *program);
    int (*check)(void *user, const fusb_program *program, char why[FUSB_WHY]);
    int (*load)(void *user, fusb_program *program, char why[FUSB_WHY]); /* puts in the figures that it really uses */
    int (*start)(void *user, fusb *bridge, char why[FUSB_WHY]); /* high voltage on; then fires on another thread */
    void (*stop)(void *user);        /* asks for the end of the run; fusb_run_ended tells that it came */
    void (*cut)(void *user);         /* high voltage off at once; on any thread, at any time, any number of times */
    void (*set_voltage)(void *user, double volts);
    void (*status)(void *user, fusb_status *status);
    int (*reset)(void *user, char why[FUSB_WHY]); /* may refuse while the cause of the fault is there */
} fusb_scanner;

/* Listens on a port of this machine, 0 for any free one; NULL and errno when it cannot. The scanner must outlive it. */
fusb *fusb_listen(const fusb_scanner *scanner, const char *address, int port);
int fusb_port(const fusb *bridge);
/* Serves hosts, one after the other, for ever. */
void fusb_serve(fusb *bridge);

/* For the thread that fires. */
int fusb_stopping(fusb *bridge);                                       /* whether the run should end */
void fusb_firing(fusb *bridge);                                        /* the first firing: voltage up, trigger came */
void *fusb_claim(fusb *bridge, int wait_ms, uint32_t *slot);           /* room for a block, or NULL: none is free */
void fusb_send(fusb *bridge, uint32_t slot, int64_t number, int64_t first_frame, uint32_t frames, int64_t device_ns);
int fusb_overflowed(fusb *bridge, int64_t block, int64_t lost); /* a block found no room; -1: the run should end */
void fusb_fault(fusb *bridge, enum fusb_fault_kind kind, const char *why); /* cuts and latches */
void fusb_run_ended(fusb *bridge, const char *failure, int64_t lost);  /* the last call of a run; failure may be NULL */

int64_t fusb_now_ns(void); /* a clock that only goes forward */

#endif
