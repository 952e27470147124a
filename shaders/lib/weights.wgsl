// Reading weights. They stand at addresses that are the same for the whole workgroup, in the order in which they are used.
// UNIFORM: a uniform array of 64 KiB; else a storage buffer. BROADCAST (software adapters with subgroups of 4 or 8 only): one
// gather per subgroup fetches as many consecutive vec4 as it has lanes (`quad`: the lane among them), handed out by subgroupBroadcast; on
// GPUs uniform loads are better.
//#if UNIFORM
@group(0) @binding(2) var<uniform> W: array<vec4f, 4096>;
//#else
@group(0) @binding(2) var<storage, read> W: array<vec4f>;
//#end
