//! What the system's user chose for every program, where egui does not tell it. Changes none of it.

/// Whether the system shows strong contrasts. Windows alone says so.
#[must_use]
pub fn high_contrast() -> bool {
    contrast_flags().is_some_and(|flags| flags & 1 == 1)
}

/// The flags of Windows' high contrast, the first of which says whether it is on.
#[cfg(windows)]
fn contrast_flags() -> Option<u32> {
    let key = windows_registry::CURRENT_USER.open(r"Control Panel\Accessibility\HighContrast").ok()?;
    key.get_string("Flags").ok()?.trim().parse().ok()
}

#[cfg(not(windows))]
fn contrast_flags() -> Option<u32> {
    None
}
