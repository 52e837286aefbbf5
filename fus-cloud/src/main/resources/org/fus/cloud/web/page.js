'use strict';
// Puts fresh figures in their places. The focus stays where it is; the page is loaded again only when a job came or ended
// and nobody is at the keyboard in it.
const finals = ['done', 'failed', 'cancelled'];

function put(row, job) {
  const status = row.querySelector('.status');
  const ended = finals.includes(job.status) && status.textContent !== job.status;
  status.textContent = job.status;
  status.className = 'status ' + job.status;
  row.querySelector('progress').value = job.percent;
  row.querySelector('.stage').textContent = job.stage;
  row.querySelector('.time').textContent = job.time;
  return ended;
}

async function refresh() {
  const reply = await fetch('/live');
  if (!reply.ok) return;
  const live = await reply.json();
  const summary = document.getElementById('summary');
  if (summary) summary.textContent = live.summary;
  const rows = new Map([...document.querySelectorAll('[data-job]')].map(r => [r.dataset.job, r]));
  let changed = summary !== null && live.jobs.some(j => !rows.has(j.id));
  for (const job of live.jobs) {
    if (rows.has(job.id)) changed = put(rows.get(job.id), job) || changed;
  }
  if (changed && (document.activeElement === document.body || document.activeElement === null)) location.reload();
}

if (document.querySelector('[data-job], #summary')) {
  setInterval(() => refresh().catch(() => {}), 2000);
}
