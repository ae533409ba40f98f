# Completion of stepup for PowerShell: a candidate and what it is, from the program itself.
Register-ArgumentCompleter -Native -CommandName stepup -ScriptBlock {
    param($word, $line, $cursor)
    $words = @($line.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { "$_" })
    $index = if ($word) { $words.Count - 1 } else { $words.Count }
    & (Get-Command -CommandType Application stepup | Select-Object -First 1) __complete powershell $index @words |
        Where-Object { $_ -ne ':files' } | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $(if ($help) { $help } else { $value }))
        }
}
