//! Which block comes first. Blocks with a common target form a hierarchy in the order of their rows there; where the
//! blocks' other rows stand does not matter.

use super::compiled::CompiledMapping;

/// Puts the blocks into the order of their rows. The answer names each place where rows contradict one another: the
/// row, as an index, and what is wrong with it.
pub(super) fn put_in_order(mapping: &mut CompiledMapping) -> Vec<(usize, String)> {
    let count = mapping.blocks.len();
    let mut before = vec![Vec::new(); count];
    for target in &mapping.targets {
        let blocks: Vec<usize> = target
            .candidates
            .iter()
            .filter_map(|candidate| candidate.block)
            .collect();
        for pair in blocks.windows(2) {
            before[pair[1]].push(pair[0]);
        }
    }
    let mut order = Vec::with_capacity(count);
    let mut placed = vec![false; count];
    let mut contradictions = Vec::new();
    while order.len() < count {
        let free =
            (0..count).find(|block| !placed[*block] && before[*block].iter().all(|earlier| placed[*earlier]));
        let next = free.or_else(|| (0..count).find(|block| !placed[*block]));
        let Some(next) = next else { break };
        if free.is_none() {
            let other = before[next].iter().copied().find(|earlier| !placed[*earlier]);
            contradictions.extend(other.map(|other| contradiction(mapping, next, other)));
        }
        placed[next] = true;
        order.push(next);
    }
    reorder(mapping, &order);
    contradictions
}

fn contradiction(mapping: &CompiledMapping, block: usize, other: usize) -> (usize, String) {
    let rows = mapping.blocks[block]
        .members
        .iter()
        .map(|(target, place)| mapping.targets[*target].candidates[*place].row);
    let sentence = format!(
        "The blocks “{}” and “{}” stand in different orders for different fields, so that neither comes first. Put all \
         rows of one above those of the other.",
        mapping.blocks[block].name, mapping.blocks[other].name
    );
    (rows.min().unwrap_or_default(), sentence)
}

fn reorder(mapping: &mut CompiledMapping, order: &[usize]) {
    let mut places = vec![0; order.len()];
    for (place, block) in order.iter().enumerate() {
        places[*block] = place;
    }
    let candidates = mapping
        .targets
        .iter_mut()
        .flat_map(|target| target.candidates.iter_mut());
    for candidate in candidates {
        candidate.block = candidate.block.map(|block| places[block]);
    }
    let mut blocks: Vec<_> = std::mem::take(&mut mapping.blocks)
        .into_iter()
        .enumerate()
        .collect();
    blocks.sort_by_key(|(block, _)| places[*block]);
    mapping.blocks = blocks.into_iter().map(|(_, block)| block).collect();
}
